package io.github.adkmigration.autoconfigure;

import java.sql.DriverManager;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.util.StringUtils;

/**
 * Opens the connections that change the schema, for applications whose own user may not.
 * There is no pool: a connection ends when the migration closes it, and nothing of the
 * privileged user stays open afterwards.
 */
final class PrivilegedDataSource {

	private PrivilegedDataSource() {
	}

	/**
	 * Return where to get connections that may change the schema.
	 * @param properties may name another URL, user or password
	 * @param application data source of the application
	 * @param elsewhere whether it connects to another database than that of the URL
	 * @return the data source of the application if the properties say nothing
	 * @throws MigrationException with {@code INVALID_SETTING} if the properties say too
	 * little or name a database without a driver
	 */
	static DataSource of(AdkMigrationProperties properties, DataSource application, boolean elsewhere) {
		String url = elsewhere ? null : text(properties.getUrl());
		String user = text(properties.getUser());
		String password = text(properties.getPassword());
		if (url == null && user == null && password == null) {
			return application;
		}
		return (url != null && user != null) ? open(url, user, password) : derive(application, url, user, password);
	}

	private static @Nullable String text(@Nullable String value) {
		return StringUtils.hasText(value) ? value : null;
	}

	private static DataSource open(String url, String user, @Nullable String password) {
		try {
			SimpleDriverDataSource dataSource = new SimpleDriverDataSource(DriverManager.getDriver(url), url);
			dataSource.setUsername(user);
			dataSource.setPassword(password);
			return dataSource;
		}
		catch (SQLException ex) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"The setting adk.migration.url names a database for which no JDBC driver is on the class path.",
					"Write it as a JDBC URL, such as jdbc:postgresql://host/database, and add the driver.", ex);
		}
	}

	private static DataSource derive(DataSource application, @Nullable String url, @Nullable String user,
			@Nullable String password) {
		try {
			DataSourceBuilder<SimpleDriverDataSource> builder = DataSourceBuilder.derivedFrom(application)
				.type(SimpleDriverDataSource.class);
			if (url != null) {
				builder.url(url);
			}
			if (user != null) {
				builder.username(user);
			}
			if (password != null) {
				builder.password(password);
			}
			return builder.build();
		}
		catch (RuntimeException ex) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"The connection that changes the schema cannot be derived from the application's data source of type "
							+ application.getClass().getName() + ".",
					"Set adk.migration.url, adk.migration.user and adk.migration.password, all three.", ex);
		}
	}

}
