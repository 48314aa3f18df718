package io.github.adkmigration.test;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Fixture;
import io.github.adkmigration.test.fixture.Fixtures;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * One invocation of a {@link FixtureTest} for each fixture and each database that can
 * hold it.
 */
class FixtureTestExtension implements TestTemplateInvocationContextProvider {

	@Override
	public boolean supportsTestTemplate(ExtensionContext context) {
		return AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), FixtureTest.class);
	}

	@Override
	public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
		FixtureTest filter = AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), FixtureTest.class)
			.orElseThrow();
		List<LayoutFamily> families = List.of(filter.families());
		List<DatabaseProvider> providers = TestDatabases.of(filter.dialects());
		List<TestTemplateInvocationContext> invocations = Fixtures.all()
			.stream()
			.filter((fixture) -> families.isEmpty() || families.contains(fixture.family()))
			.filter((fixture) -> fixture.name().matches(filter.name()))
			.flatMap((fixture) -> on(fixture, providers))
			.toList();
		return invocations.isEmpty()
				? Stream.of(DatabaseInvocation.skipped("None of the selected databases holds a fixture of this test."))
				: invocations.stream();
	}

	private static Stream<TestTemplateInvocationContext> on(Fixture fixture, List<DatabaseProvider> providers) {
		return providers.stream()
			.filter((provider) -> fixture.loadsInto(provider.dialect()))
			.map((provider) -> new DatabaseInvocation(fixture.name() + " on " + provider.name(), provider,
					Optional.of(fixture)));
	}

}
