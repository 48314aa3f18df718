package io.github.adkmigration.schema;

import java.util.List;
import java.util.Optional;

/**
 * What the tables of a target are. Detection never guesses: whatever is not clearly one
 * of ADK's layouts is a result of its own kind, with the evidence.
 *
 * @since 0.1.0
 */
public sealed interface DetectedSchema {

	/**
	 * Return the catalog that the verdict rests on.
	 * @return the snapshot
	 */
	Catalog catalog();

	/**
	 * Return the reasons for the verdict.
	 * @return short sentences for people, never with a value of a row
	 */
	List<String> evidence();

	/**
	 * None of ADK's tables exists.
	 */
	record Empty(Catalog catalog, List<String> evidence) implements DetectedSchema {
		public Empty {
			evidence = List.copyOf(evidence);
		}
	}

	/**
	 * A layout that some ADK shipped.
	 *
	 * @param layout which
	 * @param schemaVersion the value of the {@code schema_version} row, if there is one
	 */
	record Known(Layout layout, Optional<String> schemaVersion, Catalog catalog,
			List<String> evidence) implements DetectedSchema {
		public Known {
			evidence = List.copyOf(evidence);
		}
	}

	/**
	 * Some of ADK's tables exist and some are missing.
	 */
	record Incomplete(Catalog catalog, List<String> evidence) implements DetectedSchema {
		public Incomplete {
			evidence = List.copyOf(evidence);
		}
	}

	/**
	 * The events table has the payload columns of two layouts, and not what each writer
	 * of one of them has beside.
	 */
	record Hybrid(Catalog catalog, List<String> evidence) implements DetectedSchema {
		public Hybrid {
			evidence = List.copyOf(evidence);
		}
	}

	/**
	 * ADK's layout with a schema version that nobody has shipped.
	 *
	 * @param schemaVersion the value found
	 */
	record UnknownVersion(String schemaVersion, Catalog catalog, List<String> evidence) implements DetectedSchema {
		public UnknownVersion {
			evidence = List.copyOf(evidence);
		}
	}

	/**
	 * Tables of these names exist, but they are not ADK's.
	 */
	record Foreign(Catalog catalog, List<String> evidence) implements DetectedSchema {
		public Foreign {
			evidence = List.copyOf(evidence);
		}
	}

}
