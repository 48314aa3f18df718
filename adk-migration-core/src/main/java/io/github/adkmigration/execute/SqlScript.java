package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.changelog.Changeset;

/**
 * Executes statements on one connection and remembers what undoes them, for a change that
 * has to be one transaction and can therefore not be left to Liquibase, which commits by
 * itself.
 */
final class SqlScript {

	private final Connection connection;

	private final List<String> forward = new ArrayList<>();

	private final List<String> rollback = new ArrayList<>();

	SqlScript(Connection connection) {
		this.connection = connection;
	}

	void execute(String sql, String undo) throws SQLException {
		execute(sql, undo.isEmpty() ? List.of() : List.of(undo));
	}

	void execute(String sql, List<String> undo) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
		this.forward.add(sql);
		this.rollback.addAll(0, undo);
	}

	void execute(List<Change> changes) throws SQLException {
		for (Change change : changes) {
			if (change.sql().isEmpty()) {
				this.rollback.addAll(0, change.undo());
			}
			else {
				execute(change.sql(), change.undo());
			}
		}
	}

	/**
	 * Execute a changeset unless the catalog says that there is nothing to do.
	 */
	void apply(Changeset changeset) throws SQLException {
		if (changeset.precondition() == null || pending(changeset)) {
			execute(changeset.sql(), changeset.rollback());
		}
	}

	/**
	 * Return whether a changeset has a precondition by which it has to run.
	 */
	boolean pending(Changeset changeset) throws SQLException {
		return changeset.precondition() != null && number(changeset.precondition()).equals(changeset.expected());
	}

	private String number(String query) throws SQLException {
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
			row.next();
			return row.getString(1);
		}
	}

	List<String> strings(String query) throws SQLException {
		List<String> values = new ArrayList<>();
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
			while (row.next()) {
				values.add(row.getString(1));
			}
		}
		return values;
	}

	/**
	 * Return everything that was executed, and what is about to be, as one changeset.
	 */
	Changeset changeset(Changeset named, List<Changeset> following) {
		List<String> all = new ArrayList<>(this.forward);
		List<String> undo = new ArrayList<>(this.rollback);
		for (Changeset next : following) {
			all.add(next.sql());
			undo.addAll(0, next.rollback());
		}
		return new Changeset(named.id(), named.phase(), named.minCompatible(), named.description(), null, "0",
				String.join(";\n", all), undo);
	}

}
