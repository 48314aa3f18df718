package io.github.adkmigration.report;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a look at the database found.
 *
 * @param compatibility how database and library fit together
 * @param detected what the tables are, in a word: a level such as {@code python-1.14.0},
 * or {@code empty}, {@code incomplete}, {@code hybrid}, {@code foreign},
 * {@code unknown-version}
 * @param title the same for people
 * @param schemaVersion the value of ADK's {@code schema_version} row, or {@code null}
 * @param revision our revision that the tables correspond to, {@code base} below the
 * first
 * @param head the newest revision
 * @param changes what would be done, in its order, or what stands in the way
 * @param deferred what a start leaves to operators; the application works without it
 * @param evidence why the tables are called what they are; empty when the stored
 * fingerprint alone proved head
 * @param lastRun newest run of the history, or {@code null}
 * @since 0.1.0
 */
public record SchemaStatus(Compatibility compatibility, String detected, String title, @Nullable String schemaVersion,
		String revision, String head, List<PendingChange> changes, List<DeferredChange> deferred, List<String> evidence,
		@Nullable RunRecord lastRun) {

	public SchemaStatus {
		changes = List.copyOf(changes);
		deferred = List.copyOf(deferred);
		evidence = List.copyOf(evidence);
	}

	/**
	 * Return what would be done for people.
	 * @return a line for each change
	 */
	public List<String> pending() {
		return this.changes.stream().map(PendingChange::description).toList();
	}

	/**
	 * Return how many changes are pending, without those that are deferred.
	 * @return 0 when an application has nothing to wait for
	 */
	public int lag() {
		return this.changes.size();
	}

}
