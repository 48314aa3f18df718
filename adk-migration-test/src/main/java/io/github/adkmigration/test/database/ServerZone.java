package io.github.adkmigration.test.database;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The time zone of every server: an unusual offset that is not the JVM's, so that code
 * which lets a driver or a server convert times fails in its tests.
 */
final class ServerZone {

	/** Names the offset to use instead, for example {@code -03:30}. */
	static final String PROPERTY = "adk.test.server-zone";

	private static final ZoneOffset KATHMANDU = ZoneOffset.ofHoursMinutes(5, 45);

	private static final ZoneOffset NEWFOUNDLAND = ZoneOffset.ofHoursMinutes(-3, -30);

	private ServerZone() {
	}

	static ZoneOffset offset() {
		String configured = System.getProperty(PROPERTY);
		if (configured != null) {
			return ZoneOffset.of(configured);
		}
		ZoneOffset own = ZoneId.systemDefault().getRules().getOffset(Instant.now());
		return own.equals(KATHMANDU) ? NEWFOUNDLAND : KATHMANDU;
	}

	/**
	 * Return the offset as MySQL takes it.
	 */
	static String numeric() {
		ZoneOffset offset = offset();
		return offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId();
	}

	/**
	 * Return the offset as PostgreSQL takes it: POSIX counts westwards.
	 */
	static String posix() {
		String id = numeric();
		String westwards = (id.charAt(0) == '+' ? '-' : '+') + id.substring(1);
		return "<" + id.replace(":", "") + ">" + westwards;
	}

}
