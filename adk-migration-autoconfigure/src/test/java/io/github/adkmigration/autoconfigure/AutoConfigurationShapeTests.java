package io.github.adkmigration.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

@AnalyzeClasses(packages = AutoConfigurationShapeTests.ROOT, importOptions = DoNotIncludeTests.class)
class AutoConfigurationShapeTests {

	static final String ROOT = "io.github.adkmigration.autoconfigure";

	@ArchTest
	static final ArchRule autoConfigurationsArePublicFinalAndTopLevel = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(FINAL)
		.andShould()
		.beTopLevelClasses();

	@ArchTest
	static final ArchRule beanMethodsAreNoPublicApi = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("io.github.adkmigration.(**)")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule whatOnlyReadsNeverSeesTheMigrator = noClasses().that()
		.resideInAnyPackage(ROOT + ".actuate..", ROOT + ".health..", ROOT + ".metrics..", ROOT + ".observation..",
				ROOT + ".status..")
		.should()
		.dependOnClassesThat()
		.haveFullyQualifiedName("io.github.adkmigration.AdkMigrator");

	@Test
	void theListOfAutoConfigurationsIsCompleteAndSorted() throws IOException {
		JavaClasses production = new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);
		List<String> annotated = production.stream()
			.filter((candidate) -> candidate.isAnnotatedWith(AutoConfiguration.class))
			.map(JavaClass::getName)
			.sorted()
			.toList();
		assertThat(annotated).hasSize(6);
		assertThat(lines("META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports"))
			.containsExactlyElementsOf(annotated);
	}

	private static List<String> lines(String resource) throws IOException {
		ClassLoader loader = AutoConfigurationShapeTests.class.getClassLoader();
		for (URL url : Collections.list(loader.getResources(resource))) {
			try (InputStream in = Objects.requireNonNull(url.openStream())) {
				List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
				if (lines.get(0).startsWith(ROOT)) {
					return lines;
				}
			}
		}
		throw new IllegalStateException("There is no list of ours");
	}

}
