package io.github.adkmigration.test.migration;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Tells of every statement before and after a real driver executes it, and of every
 * commit.
 */
final class InterceptedDataSource extends AbstractDataSource {

	private final DataSource target;

	private final Interceptor interceptor;

	InterceptedDataSource(DataSource target, Interceptor interceptor) {
		this.target = target;
		this.interceptor = interceptor;
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = this.target.getConnection();
		return proxy(Connection.class, (proxy, method, arguments) -> {
			if (method.getName().equals("commit")) {
				return told("commit", () -> call(method, connection, arguments));
			}
			Object result = call(method, connection, arguments);
			String sql = arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : "";
			if (result instanceof CallableStatement) {
				return result;
			}
			if (result instanceof PreparedStatement statement) {
				return statement(PreparedStatement.class, statement, sql);
			}
			return result instanceof Statement statement ? statement(Statement.class, statement, sql) : result;
		});
	}

	@Override
	public Connection getConnection(String user, String password) throws SQLException {
		return getConnection();
	}

	private Object told(String sql, Call call) throws Throwable {
		this.interceptor.before(sql);
		Object result = call.make();
		this.interceptor.after(sql);
		return result;
	}

	private <T extends Statement> T statement(Class<T> type, T target, String prepared) {
		return proxy(type, (proxy, method, arguments) -> {
			if (method.getName().startsWith("execute")) {
				String sql = arguments != null && arguments.length > 0 ? String.valueOf(arguments[0]) : prepared;
				return told(sql, () -> call(method, target, arguments));
			}
			return call(method, target, arguments);
		});
	}

	private static <T> T proxy(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	/** A call of a driver. */
	private interface Call {

		Object make() throws Throwable;

	}

	/** What is told. */
	@FunctionalInterface
	interface Interceptor {

		/**
		 * Hear of a statement.
		 * @param sql the statement, or {@code commit}
		 * @throws SQLException to make it fail without reaching the database
		 */
		void before(String sql) throws SQLException;

		/**
		 * Hear that the database has executed a statement.
		 * @param sql the statement, or {@code commit}
		 */
		default void after(String sql) {
		}

	}

}
