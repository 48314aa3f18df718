package io.github.adkmigration.test.migration;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Gives each transaction the session that was idle for longest, as a pooler in
 * transaction mode does, and hides the driver behind it.
 */
final class SwappingDataSource extends AbstractDataSource {

	private final DataSource target;

	SwappingDataSource(DataSource target) {
		this.target = target;
	}

	@Override
	public Connection getConnection() throws SQLException {
		Deque<Connection> sessions = new ArrayDeque<>();
		for (int i = 0; i < 2; i++) {
			sessions.add(this.target.getConnection());
		}
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> call(sessions, method, arguments));
	}

	@Override
	public Connection getConnection(String user, String password) throws SQLException {
		return getConnection();
	}

	private static @Nullable Object call(Deque<Connection> sessions, Method method, Object[] arguments)
			throws Throwable {
		Connection current = sessions.getFirst();
		switch (method.getName()) {
			case "close", "abort" -> {
				for (Connection session : sessions) {
					session.close();
				}
				return null;
			}
			case "isWrapperFor" -> {
				return false;
			}
			case "createStatement", "prepareStatement" -> {
				if (current.getAutoCommit()) {
					sessions.addLast(sessions.removeFirst());
					current = sessions.getFirst();
				}
			}
			case "setAutoCommit" -> {
				current.setAutoCommit((Boolean) arguments[0]);
				return null;
			}
			default -> {
			}
		}
		try {
			return method.invoke(current, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
