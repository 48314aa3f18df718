package io.github.adkmigration.test.migration;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Gives a name to each moment between two writes of a run. A write is a DDL statement, a
 * statement of a batch, a bookkeeping write, Liquibase's own included, or a commit. To
 * die before or after a query, or before a write instead of after the one that precedes
 * it, makes no difference to a database. PostgreSQL's COPY is not seen, so the moment
 * before a checkpoint, which follows it, has a name too.
 */
final class WritePoints implements InterceptedDataSource.Interceptor {

	/** What a batch of the copy writes last, before its commit. */
	static final String CHECKPOINT = "UPDATE adk_migration_checkpoint SET last_key";

	private static final Pattern WRITE = Pattern.compile(
			"(?is)(commit|insert|update|delete|create|alter|drop|rename|lock|unlock|grant|pragma writable_schema)\\b.*");

	/** Where the names of columns and the values begin. */
	private static final Pattern DETAILS = Pattern.compile("(?is)\\s*(\\(| values\\b| select\\b| where\\b|=).*");

	private static final int LONGEST = 80;

	private final Consumer<String> reached;

	private final Map<String, Integer> times = new HashMap<>();

	WritePoints(Consumer<String> reached) {
		this.reached = reached;
	}

	@Override
	public void before(String sql) {
		if (WRITE.matcher(sql).matches()) {
			String name = name(sql);
			int time = this.times.merge(name, 1, Integer::sum);
			boolean first = this.times.size() == 1 && time == 1;
			if (first || name.equals(CHECKPOINT)) {
				this.reached.accept("before " + name + " #" + time);
			}
		}
	}

	@Override
	public void after(String sql) {
		if (WRITE.matcher(sql).matches()) {
			String name = name(sql);
			this.reached.accept("after " + name + " #" + this.times.get(name));
		}
	}

	private static String name(String sql) {
		String name = DETAILS.matcher(sql.replaceAll("[`\"]|\\bpublic\\.|\\badk_\\d+\\.", "").replaceAll("\\s+", " "))
			.replaceFirst("");
		return name.substring(0, Math.min(name.length(), LONGEST)).strip();
	}

}
