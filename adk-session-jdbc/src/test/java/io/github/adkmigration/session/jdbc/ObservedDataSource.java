package io.github.adkmigration.session.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Tells of each statement before it is prepared. The service executes each once.
 */
final class ObservedDataSource extends DelegatingDataSource {

	private final Consumer<String> observer;

	/**
	 * Observe a data source.
	 * @param observer is given the SQL, and may do something else in the database
	 */
	ObservedDataSource(DataSource target, Consumer<String> observer) {
		super(target);
		this.observer = observer;
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = obtainTargetDataSource().getConnection();
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> {
					if (method.getName().equals("prepareStatement")) {
						this.observer.accept(arguments[0].toString());
					}
					try {
						return method.invoke(connection, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
	}

}
