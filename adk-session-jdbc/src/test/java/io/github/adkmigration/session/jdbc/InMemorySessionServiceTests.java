package io.github.adkmigration.session.jdbc;

import com.google.adk.sessions.BaseSessionService;
import com.google.adk.sessions.InMemorySessionService;

/**
 * Proves that the contract is google-adk's and not ours.
 */
class InMemorySessionServiceTests extends SessionServiceContract {

	private final InMemorySessionService service = new InMemorySessionService();

	@Override
	BaseSessionService service() {
		return this.service;
	}

}
