package io.github.adkmigration;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = ArchitectureTests.ROOT, importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	static final String ROOT = "io.github.adkmigration";

	@ArchTest
	static final ArchRule dataFlowsOneWay = classes().should(new LayerOrder(ROOT,
			List.of(Set.of("failure", "schema", "dialect", "settings", "report"),
					Set.of("catalog", "changelog", "pickle"), Set.of("codec", "clock"), Set.of("detect"),
					Set.of("plan"), Set.of("preflight"), Set.of("lock"), Set.of("convert"), Set.of("execute"),
					Set.of("verify"), Set.of("history"))));

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule coreNeverSeesSpringBoot = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..")
		.because("the command line and other frameworks use the core without it");

	@ArchTest
	static final ArchRule noResultDependsOnTheZoneOfTheJvm = noClasses().should()
		.callMethod(ZoneId.class, "systemDefault")
		.orShould()
		.callMethod(TimeZone.class, "getDefault")
		.because("old rows are in the zone of their writer, which is a setting");

	@ArchTest
	static final ArchRule logsGoThroughSlf4j = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

}
