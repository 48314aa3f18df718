package io.github.adkmigration.autoconfigure;

import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.adkmigration.autoconfigure.ConfigurationMetadata.Property;
import io.github.adkmigration.autoconfigure.job.AdkMigrationJobProperties;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationMetadataTests {

	@Test
	void everyPropertyThatCanBeSetIsInTheMetadata() throws Exception {
		List<String> expected = new ArrayList<>();
		collect("adk", AdkProperties.class, expected);
		collect("adk.migration", AdkMigrationProperties.class, expected);
		collect("adk.migration", AdkMigrationJobProperties.class, expected);
		collect("adk.migration.lock", AdkMigrationProperties.Lock.class, expected);
		collect("adk.migration.tables", AdkMigrationProperties.Tables.class, expected);
		collect("adk.migration.legacy", AdkMigrationProperties.Legacy.class, expected);
		expected.addAll(List.of("adk.migration.job.to", "adk.migration.job.to-app-version", "adk.migration.job.count",
				"adk.migration.job.dry-run", "adk.migration.job.defer-indexes", "adk.migration.job.post-processors",
				"adk.migration.targets"));
		assertThat(expected).contains("adk.auto-migrate", "adk.migration.timeout", "adk.migration.tables.app-states",
				"adk.migration.legacy.time-zone");
		assertThat(ConfigurationMetadata.read().properties()).filteredOn(Property::isOurs)
			.extracting(Property::name)
			.containsExactlyInAnyOrderElementsOf(expected);
	}

	@Test
	void everyPropertyHasADescriptionInSpringBootsStyle() throws IOException {
		assertThat(ConfigurationMetadata.read().properties()).allSatisfy((property) -> {
			assertThat(property.description()).as(property.name()).endsWith(".").doesNotContain("\n");
			assertThat(property.description()).as(property.name()).doesNotMatch("(?i)(a|an|the) .*");
			if (property.type().equals("java.lang.Boolean")) {
				assertThat(property.description()).as(property.name()).matches("(Whether|Enable) .*");
			}
		});
	}

	@Test
	void propertiesWithAValueOfTheirOwnSayWhichItIs() throws IOException {
		assertThat(ConfigurationMetadata.read().properties())
			.filteredOn((property) -> property.defaultValue() != null && property.isOurs())
			.extracting((property) -> property.name() + "=" + property.defaultValue())
			.containsExactlyInAnyOrder("adk.auto-migrate=false", "adk.migration.enabled=true",
					"adk.migration.on-pending=fail", "adk.migration.on-target-failure=fail", "adk.migration.timeout=5m",
					"adk.migration.poll-interval=2s", "adk.migration.pending-timeout=30m",
					"adk.migration.status-max-age=10s", "adk.migration.table-prefix=", "adk.migration.lock.type=auto",
					"adk.migration.timestamp-column=auto", "adk.migration.batch-size=4000",
					"adk.migration.max-rows-per-second=0", "adk.migration.sqlite-backup=true",
					"adk.migration.job.dry-run=false", "adk.migration.job.defer-indexes=false",
					"adk.migration.defer-indexes-above=1000000", "adk.migration.termination-log=/dev/termination-log",
					"adk.migration.legacy.time-zone-confirmed=false", "adk.migration.legacy.max-quarantined=0");
	}

	@Test
	void valuesOfEnumerationsAreExplained() throws IOException {
		assertThat(ConfigurationMetadata.read().hints()).containsExactlyInAnyOrder("adk.migration.job",
				"adk.migration.lock.type", "adk.migration.on-pending", "adk.migration.on-target-failure",
				"adk.migration.timestamp-column");
	}

	private static void collect(String prefix, Class<?> type, List<String> names) throws Exception {
		for (PropertyDescriptor property : Introspector.getBeanInfo(type, Object.class).getPropertyDescriptors()) {
			if (property.getWriteMethod() != null) {
				String kebab = property.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
				names.add(ConfigurationPropertyName.of(prefix).append(kebab).toString());
			}
		}
	}

}
