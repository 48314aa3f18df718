package io.github.adkmigration.test;

import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/**
 * One invocation on one database, with a fixture in it or empty, or skipped with the
 * reason.
 *
 * @param displayName what the report shows
 * @param provider makes the database; {@code null} if there is none
 * @param fixture what is in the database
 */
record DatabaseInvocation(String displayName, @Nullable DatabaseProvider provider,
		Optional<Fixture> fixture) implements TestTemplateInvocationContext {

	static TestTemplateInvocationContext skipped(String reason) {
		return new DatabaseInvocation(reason, null, Optional.empty());
	}

	@Override
	public String getDisplayName(int invocationIndex) {
		return this.displayName;
	}

	@Override
	public List<Extension> getAdditionalExtensions() {
		return List.of((ExecutionCondition) (context) -> condition(), new Parameters());
	}

	private ConditionEvaluationResult condition() {
		String reason = this.provider == null ? this.displayName : this.provider.unavailableReason().orElse(null);
		return reason == null ? ConditionEvaluationResult.enabled(this.displayName)
				: ConditionEvaluationResult.disabled(reason);
	}

	private TestDatabase open() {
		if (this.provider == null) {
			throw new IllegalStateException(this.displayName);
		}
		TestDatabase database = this.provider.newDatabase();
		this.fixture.ifPresent((content) -> content.load(database));
		return database;
	}

	/**
	 * Gives a test its database and drops it afterwards.
	 */
	private final class Parameters implements ParameterResolver {

		@Override
		public boolean supportsParameter(ParameterContext parameterContext, ExtensionContext context) {
			Class<?> type = parameterContext.getParameter().getType();
			return type == TestDatabase.class || type == DataSource.class
					|| (type == Fixture.class && DatabaseInvocation.this.fixture.isPresent());
		}

		@Override
		public Object resolveParameter(ParameterContext parameterContext, ExtensionContext context) {
			Parameter parameter = parameterContext.getParameter();
			if (parameter.getType() == Fixture.class) {
				return DatabaseInvocation.this.fixture.orElseThrow();
			}
			TestDatabase database = context.getStore(ExtensionContext.Namespace.create(TestDatabase.class))
				.computeIfAbsent(TestDatabase.class, (key) -> open(), TestDatabase.class);
			return parameter.getType() == DataSource.class ? database.dataSource() : database;
		}

	}

}
