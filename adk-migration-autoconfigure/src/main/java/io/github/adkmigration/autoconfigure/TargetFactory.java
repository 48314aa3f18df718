package io.github.adkmigration.autoconfigure;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.status.MigrationReportStore;
import io.github.adkmigration.autoconfigure.status.SchemaStatusCache;
import io.github.adkmigration.autoconfigure.status.TargetState;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * Makes the targets beside the first one from the properties.
 */
final class TargetFactory {

	/** Names stand in paths and in tags. */
	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

	/** The endpoint has operations of these names. */
	private static final Set<String> OPERATIONS = Set.of("migrate", "pause", "resume");

	private final AdkMigrationProperties properties;

	private final MigratorFactory migrators;

	private final DataSource sessions;

	private final ListableBeanFactory beanFactory;

	/** Who uses a table, by its place. */
	private final Map<List<Object>, String> users = new HashMap<>();

	TargetFactory(AdkMigrationProperties properties, MigratorFactory migrators, DataSource sessions,
			ListableBeanFactory beanFactory) {
		this.properties = properties;
		this.migrators = migrators;
		this.sessions = sessions;
		this.beanFactory = beanFactory;
	}

	/**
	 * Make the targets.
	 * @throws MigrationException with {@code INVALID_SETTING} for a value that cannot be
	 * used, and for two targets with one table
	 */
	MigrationTargets create() {
		occupy("the properties beside adk.migration.targets", this.sessions, this.migrators.settings().tables());
		List<MigrationTarget> targets = new ArrayList<>();
		this.properties.getTargets().forEach((name, target) -> targets.add(create(name, target)));
		return new MigrationTargets(List.copyOf(targets), this.properties.getOnTargetFailure());
	}

	private MigrationTarget create(String name, AdkMigrationTarget target) {
		if (!NAME.matcher(name).matches() || OPERATIONS.contains(name)) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"The name '" + name + "' of a target in adk.migration.targets is not allowed.",
					"Use lower-case letters, digits and '-', beginning with a letter, and none of migrate, pause and resume.");
		}
		String bean = target.getDataSource();
		DataSource dataSource = (bean == null || bean.isBlank()) ? this.sessions : dataSource(name, bean);
		MigrationSettings settings = this.properties.toSettings(target, this.migrators.settings());
		occupy("target '" + name + "'", dataSource, settings.tables());
		MigratorFactory factory = this.migrators.with(settings);
		AdkMigrator migrator = factory.create(dataSource);
		Supplier<AdkMigrator> privileged = SingletonSupplier.of(() -> {
			DataSource changing = PrivilegedDataSource.of(this.properties, dataSource, dataSource != this.sessions);
			return (changing == dataSource) ? migrator : factory.create(changing);
		});
		SchemaStatusCache status = new SchemaStatusCache(migrator::status, this.properties.getStatusMaxAge(),
				Clock.systemUTC());
		return new MigrationTarget(new TargetState(name, status), migrator, privileged, new MigrationReportStore());
	}

	private DataSource dataSource(String name, String bean) {
		List<String> known = List.of(this.beanFactory.getBeanNamesForType(DataSource.class, true, false));
		if (!known.contains(bean)) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"The setting adk.migration.targets." + name + ".data-source names the bean '" + bean
							+ "', and the data sources of the application are " + String.join(", ", known) + ".",
					"Name one of them, or remove the setting for the data source that holds ADK's sessions.");
		}
		return this.beanFactory.getBean(bean, DataSource.class);
	}

	private void occupy(String user, DataSource dataSource, SessionTables tables) {
		for (SessionTable table : SessionTable.values()) {
			String other = this.users.put(
					List.of(System.identityHashCode(dataSource), String.valueOf(tables.schema()), tables.name(table)),
					user);
			if (other != null) {
				throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
						"The table " + tables.name(table) + " is that of " + other + " and that of " + user + ".",
						"Give each target a schema, a table-prefix or a data-source of its own.");
			}
		}
	}

}
