package io.github.adkmigration.failure;

import java.util.List;

final class Warning {

	private Warning() {
	}

	@SuppressWarnings("rawtypes")
	static List<String> casts(List values) {
		return (List<String>) values;
	}

}
