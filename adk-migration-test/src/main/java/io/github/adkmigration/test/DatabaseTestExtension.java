package io.github.adkmigration.test;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.Capability;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * One invocation of a {@link DatabaseTest} for each database.
 */
class DatabaseTestExtension implements TestTemplateInvocationContextProvider {

	@Override
	public boolean supportsTestTemplate(ExtensionContext context) {
		return AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), DatabaseTest.class);
	}

	@Override
	public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
		DatabaseTest filter = AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), DatabaseTest.class)
			.orElseThrow();
		List<DatabaseProvider> providers = TestDatabases.of(filter.dialects())
			.stream()
			.filter((provider) -> !Set.<DatabaseDialect>of(filter.except()).contains(provider.dialect()))
			.filter((provider) -> provider.capabilities().containsAll(Set.<Capability>of(filter.requires())))
			.toList();
		if (providers.isEmpty()) {
			return Stream.of(DatabaseInvocation.skipped("None of the selected databases fits this test."));
		}
		return providers.stream()
			.map((provider) -> new DatabaseInvocation(provider.name(), provider, Optional.empty()));
	}

}
