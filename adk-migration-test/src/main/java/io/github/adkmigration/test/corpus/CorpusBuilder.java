package io.github.adkmigration.test.corpus;

import java.sql.SQLException;
import java.time.ZoneId;

import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;

/**
 * Creates the tables of a V0 layout and fills them with realistic rows, hundreds of
 * thousands within seconds. Only what the columns of the layout can hold is written.
 *
 * @since 0.1.0
 */
public final class CorpusBuilder {

	private final String layout;

	private int sessions = 10;

	private int eventsPerSession = 20;

	private ZoneId zone = ZoneId.of("America/New_York");

	private CorpusBuilder(String layout) {
		this.layout = layout;
	}

	/**
	 * Begin with a layout.
	 * @param layout a V0 layout of adk-python, for example {@code python-1.17.0}
	 * @return a builder for 10 sessions of 20 events, written in New York
	 */
	public static CorpusBuilder layout(String layout) {
		return new CorpusBuilder(layout);
	}

	/**
	 * Set the size.
	 * @param sessions the number of sessions, at least 1
	 * @param eventsPerSession the number of events in each, at least 1
	 * @return this builder
	 */
	public CorpusBuilder size(int sessions, int eventsPerSession) {
		if (sessions < 1 || eventsPerSession < 1) {
			throw new IllegalArgumentException(
					"A corpus of %d sessions with %d events is empty.".formatted(sessions, eventsPerSession));
		}
		this.sessions = sessions;
		this.eventsPerSession = eventsPerSession;
		return this;
	}

	/**
	 * Set the time zone of the process that wrote the events.
	 * @param zone the zone, which should be neither the JVM's nor the database's
	 * @return this builder
	 */
	public CorpusBuilder writtenIn(ZoneId zone) {
		this.zone = zone;
		return this;
	}

	/**
	 * Create the tables and the rows.
	 * @param database an empty database
	 * @return what the rows hold
	 * @throws IllegalArgumentException if no release created the layout on this dialect
	 */
	public Corpus fill(TestDatabase database) {
		Layouts.named(this.layout, database.dialect()).create(database);
		Corpus corpus = new Corpus(this.layout, this.sessions, this.eventsPerSession, this.zone);
		try {
			new CorpusWriter(corpus, database).write();
			return corpus;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(
					"The layout " + this.layout + " could not be filled on " + database.name() + ".", ex);
		}
	}

}
