package io.github.adkmigration.lock;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

import io.github.adkmigration.dialect.DatabaseDialect;
import org.jspecify.annotations.Nullable;

/**
 * A connection that makes sure of the lock before it makes something last: a commit, a
 * write outside of a transaction, and a statement that commits by itself, as every DDL
 * statement of MySQL does. Writes within a transaction go through untouched, since their
 * commit is guarded. Where the lock does not end with the session, a write outside of a
 * transaction gets one, so that nobody takes the lock between the question and the write.
 * A statement that refuses a transaction is asked for only.
 */
final class FencedConnection implements InvocationHandler {

	// What is not known to leave the data alone is guarded.
	private static final Pattern HARMLESS = Pattern
		.compile("(?is)\\s*(select|set|show|pragma|lock|unlock|explain|rollback)\\b.*");

	private static final Pattern DDL = Pattern.compile("(?is)\\s*(create|alter|drop|rename|truncate)\\b.*");

	private final Connection target;

	private final ProvenLock lock;

	private FencedConnection(Connection target, ProvenLock lock) {
		this.target = target;
		this.lock = lock;
	}

	static Connection of(Connection target, ProvenLock lock) {
		return proxy(Connection.class, new FencedConnection(target, lock));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		String sql = arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : "";
		switch (method.getName()) {
			case "commit" -> this.lock.assertHeld();
			case "createStatement" -> {
				return statement(Statement.class, call(this.target, method, arguments), "");
			}
			case "prepareStatement" -> {
				// A statement within a transaction may be executed very often.
				Object prepared = call(this.target, method, arguments);
				return lasts(sql) ? statement(PreparedStatement.class, prepared, sql) : prepared;
			}
			case "prepareCall" -> {
				return statement(CallableStatement.class, call(this.target, method, arguments), sql);
			}
			default -> {
			}
		}
		return call(this.target, method, arguments);
	}

	private <T extends Statement> T statement(Class<T> type, @Nullable Object statement, String prepared) {
		return proxy(type, (proxy, method, arguments) -> {
			if (method.getName().startsWith("execute")) {
				String sql = arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text
						: prepared;
				if (lasts(sql)) {
					return write(sql, statement, method, arguments);
				}
			}
			return call(statement, method, arguments);
		});
	}

	private @Nullable Object write(String sql, @Nullable Object statement, Method method,
			@Nullable Object @Nullable [] arguments) throws Throwable {
		if (!this.lock.outlivesSession() || !this.target.getAutoCommit() || DatabaseDialect.standsAlone(sql)) {
			this.lock.assertHeld();
			return call(statement, method, arguments);
		}
		this.target.setAutoCommit(false);
		try {
			this.lock.assertHeld();
			Object result = call(statement, method, arguments);
			this.target.commit();
			return result;
		}
		catch (SQLException | RuntimeException ex) {
			this.target.rollback();
			throw ex;
		}
		finally {
			this.target.setAutoCommit(true);
		}
	}

	private boolean lasts(String sql) throws SQLException {
		return !HARMLESS.matcher(sql).matches() && (this.target.getAutoCommit() || DDL.matcher(sql).matches());
	}

	private static @Nullable Object call(@Nullable Object target, Method method,
			@Nullable Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private static <T> T proxy(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

}
