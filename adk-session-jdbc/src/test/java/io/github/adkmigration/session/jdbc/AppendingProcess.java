package io.github.adkmigration.session.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.google.adk.events.Event;
import com.google.adk.sessions.Session;

import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Appends in a JVM of its own: each thread to a session of its own, all to the state of
 * one application and one user. Says the id of each event when it is stored.
 */
final class AppendingProcess {

	private AppendingProcess() {
	}

	/**
	 * Run.
	 * @param arguments URL, user, password, name of the process, number of threads,
	 * number of events of each
	 */
	public static void main(String[] arguments) throws InterruptedException {
		int events = Integer.parseInt(arguments[5]);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < Integer.parseInt(arguments[4]); i++) {
			String name = arguments[3] + "-" + i;
			Thread thread = new Thread(() -> append(arguments, name, events));
			thread.start();
			threads.add(thread);
		}
		for (Thread thread : threads) {
			thread.join();
		}
		System.out.println("done");
	}

	private static void append(String[] arguments, String name, int events) {
		SingleConnectionDataSource connection = new SingleConnectionDataSource(arguments[0], arguments[1], arguments[2],
				true);
		try {
			JdbcSessionService service = JdbcSessionService.builder(connection).build();
			Session session = service
				.createSession(SessionDatabase.APP, SessionDatabase.USER, Map.of("app:" + name, 0), null)
				.blockingGet();
			for (int i = 1; i <= events; i++) {
				Event event = SessionDatabase.event(name,
						Map.of("own", i, "app:" + name + "-" + i, 1, "user:" + name + "-" + i, 1));
				service.appendEvent(session, event).ignoreElement().blockingAwait();
				System.out.println("stored " + event.id() + " " + session.id() + " " + i + ".");
			}
		}
		finally {
			connection.destroy();
		}
	}

}
