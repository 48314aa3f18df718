package io.github.adkmigration.cli;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.adkmigration.report.MigrationScript;
import org.jspecify.annotations.Nullable;

/**
 * A script as an answer.
 */
final class ScriptAnswer {

	private ScriptAnswer() {
	}

	static Answer of(MigrationScript script, boolean dryRun) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		if (dryRun) {
			fields.put("dryRun", true);
		}
		fields.putAll(ReportFields.of(script));
		return Answer.done(script.text().stripTrailing(), fields);
	}

}
