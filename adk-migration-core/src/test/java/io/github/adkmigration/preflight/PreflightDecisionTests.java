package io.github.adkmigration.preflight;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.report.PreflightCode;
import io.github.adkmigration.report.PreflightFinding;
import io.github.adkmigration.report.SpaceNeed;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.settings.MigrationSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PreflightDecisionTests {

	private static final MigrationPlan PLAN = new MigrationPlan(
			new DetectedSchema.Empty(new Catalog("chat", Map.of()), List.of()), "empty", "0002", List.of(), List.of(),
			List.of());

	@Test
	void roomForBackupAndCopyIsEnough() {
		assertThat(codes(new SpaceNeed(1000, 500, 1500), false)).isEmpty();
	}

	@Test
	void aDiskThatMayBeTooSmallIsAWarning() {
		assertThat(codes(new SpaceNeed(1000, 500, 1499), false)).containsExactly(PreflightCode.SPACE_TIGHT);
		assertThat(codes(new SpaceNeed(1000, 500, 1000), false)).containsExactly(PreflightCode.SPACE_TIGHT);
	}

	@Test
	void aDiskThatCannotHoldHalfOfTheEstimateBlocks() {
		assertThat(codes(new SpaceNeed(1000, 500, 999), false)).containsExactly(PreflightCode.SPACE_TOO_SMALL);
	}

	@Test
	void whereAPartIsThereAlreadyTheEstimateDoesNotBlock() {
		assertThat(codes(new SpaceNeed(1000, 0, 10), true)).containsExactly(PreflightCode.SPACE_TIGHT);
	}

	@Test
	void aBackupThatDoesNotFitBlocksInAnyCase() {
		assertThat(findings(new SpaceNeed(0, 500, 499), true)).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo(PreflightCode.SPACE_TOO_SMALL);
			assertThat(finding.fact()).isEqualTo("No backup of sessions.db could be made beside it: it needs 500 bytes"
					+ " and the disk has 499. Nothing was changed.");
		});
	}

	@Test
	void whatTheDatabaseDoesNotSayIsNotInvented() {
		assertThat(findings(new SpaceNeed(1000, 0, -1), false)).singleElement()
			.extracting(PreflightFinding::fact)
			.isEqualTo("The database does not say how much room its disk has; a run needs about 1000 bytes.");
		assertThat(findings(new SpaceNeed(-1, 0, -1), false)).singleElement()
			.extracting(PreflightFinding::fact)
			.isEqualTo("The database does not say how much room its disk has; a run needs a second table of events.");
		assertThat(codes(SpaceNeed.NONE, false)).isEmpty();
	}

	@Test
	void eachRightIsNamedOnceWithItsTables() {
		List<RequiredRight> missing = List.of(new RequiredRight("CREATE", "", ""),
				new RequiredRight("INSERT", "`a`", "a"), new RequiredRight("INSERT", "`b`", "b"),
				new RequiredRight("INSERT", "`c`", "c"), new RequiredRight("INSERT", "`d`", "d"),
				new RequiredRight("OWNER", "\"a\"", "a"));
		assertThat(findings(new PreflightFacts(false, false, null, Optional.empty(), missing, List.of("s"), List.of(),
				SpaceNeed.NONE, false, "", null, List.of(), List.of(), List.of(), List.of(), Optional.empty())))
			.extracting(PreflightFinding::fact)
			.containsExactly(lacks("CREATE on the schema chat"), lacks("INSERT on the tables a, b, c and 1 more"),
					lacks("the ownership of the table a"), lacks("USAGE on the sequence s"));
	}

	private static String lacks(String right) {
		return "The database user lacks a right for migrating: " + right + ".";
	}

	private static List<PreflightCode> codes(SpaceNeed space, boolean resumes) {
		return findings(space, resumes).stream().map(PreflightFinding::code).toList();
	}

	private static List<PreflightFinding> findings(SpaceNeed space, boolean resumes) {
		return findings(new PreflightFacts(false, false, null, Optional.empty(), List.of(), List.of(), List.of(), space,
				resumes, "sessions.db", null, List.of(), List.of(), List.of(), List.of(), Optional.empty()));
	}

	private static List<PreflightFinding> findings(PreflightFacts facts) {
		return PreflightDecision.findings(DatabaseDialect.SQLITE, MigrationSettings.defaults(), PLAN, facts)
			.stream()
			.toList();
	}

}
