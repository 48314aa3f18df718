package io.github.adkmigration.test;

import java.time.ZoneId;

import javax.sql.DataSource;

import io.github.adkmigration.test.corpus.Corpus;
import io.github.adkmigration.test.corpus.CorpusBuilder;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Fixture;
import io.github.adkmigration.test.fixture.Fixtures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Makes the database that an {@link AdkDatabase} asks for, and drops it after the test.
 */
class AdkDatabaseExtension implements ExecutionCondition, ParameterResolver {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(AdkDatabaseExtension.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		AdkDatabase wanted = find(context);
		if (wanted == null) {
			return ConditionEvaluationResult.enabled("No database is asked for.");
		}
		return provider(wanted).unavailableReason()
			.map(ConditionEvaluationResult::disabled)
			.orElseGet(() -> ConditionEvaluationResult.enabled("The database runs here."));
	}

	@Override
	public boolean supportsParameter(ParameterContext parameterContext, ExtensionContext context) {
		Class<?> type = parameterContext.getParameter().getType();
		AdkDatabase wanted = find(context);
		return wanted != null && (type == TestDatabase.class || type == DataSource.class
				|| (type == Corpus.class && !wanted.layout().isEmpty())
				|| (type == Fixture.class && !wanted.fixture().isEmpty()));
	}

	@Override
	public Object resolveParameter(ParameterContext parameterContext, ExtensionContext context) {
		AdkDatabase wanted = find(context);
		if (wanted == null) {
			throw new ParameterResolutionException("No @AdkDatabase on " + context.getDisplayName() + ".");
		}
		Content content = context.getStore(NAMESPACE)
			.computeIfAbsent(Content.class, (key) -> create(wanted), Content.class);
		Class<?> type = parameterContext.getParameter().getType();
		if (type == TestDatabase.class) {
			return content.database();
		}
		return type == DataSource.class ? content.database().dataSource() : content.description();
	}

	private static @Nullable AdkDatabase find(ExtensionContext context) {
		return context.getTestMethod()
			.flatMap((method) -> AnnotationSupport.findAnnotation(method, AdkDatabase.class))
			.or(() -> AnnotationSupport.findAnnotation(context.getRequiredTestClass(), AdkDatabase.class))
			.orElse(null);
	}

	private static DatabaseProvider provider(AdkDatabase wanted) {
		return TestDatabases.embedded(wanted.dialect());
	}

	private static Content create(AdkDatabase wanted) {
		if (wanted.layout().isEmpty() == wanted.fixture().isEmpty()) {
			throw new ParameterResolutionException("@AdkDatabase needs a layout or a fixture, and not both.");
		}
		TestDatabase database = provider(wanted).newDatabase();
		try {
			return new Content(database, fill(wanted, database));
		}
		catch (RuntimeException ex) {
			database.close();
			throw ex;
		}
	}

	private static Object fill(AdkDatabase wanted, TestDatabase database) {
		if (wanted.layout().isEmpty()) {
			Fixture fixture = Fixtures.named(wanted.fixture());
			fixture.load(database);
			return fixture;
		}
		return CorpusBuilder.layout(wanted.layout())
			.size(wanted.sessions(), wanted.eventsPerSession())
			.writtenIn(ZoneId.of(wanted.writerZone()))
			.fill(database);
	}

	/**
	 * A database and what is in it, a {@link Corpus} or a {@link Fixture}.
	 */
	private record Content(TestDatabase database, Object description) implements AutoCloseable {

		@Override
		public void close() {
			this.database.close();
		}

	}

}
