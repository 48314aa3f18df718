package io.github.adkmigration.session.jdbc;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packages = ArchitectureTests.ROOT, importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	static final String ROOT = "io.github.adkmigration.session.jdbc";

	@ArchTest
	static final ArchRule onlyTheVocabularyOfTheCoreIsUsed = noClasses().should()
		.dependOnClassesThat(resideInAPackage("io.github.adkmigration..")
			.and(resideInAnyPackage(ROOT, "io.github.adkmigration.schema", "io.github.adkmigration.dialect",
					"io.github.adkmigration.failure", "io.github.adkmigration.settings")
				.negate()))
		.because("serving sessions must not depend on how a schema is migrated");

	@ArchTest
	static final ArchRule theServiceAndWhatItsUsersHandleIsAllThatIsPublic = classes().that()
		.arePublic()
		.and()
		.areTopLevelClasses()
		.should()
		.haveNameMatching(".*\\.(JdbcSessionService|SessionOwner|StaleSessionException)")
		.because("everything else may change in any release");

}
