package io.github.adkmigration.cli;

import io.github.adkmigration.settings.MigrationSettings;
import picocli.CommandLine.ArgGroup;

/**
 * A verb that may convert events, or says how they would be converted.
 */
abstract class ConvertingVerb extends WritingVerb {

	@ArgGroup(validate = false, order = 30, heading = "%nConversion of old events:%n")
	private ConversionOptions conversion = new ConversionOptions();

	ConvertingVerb(String name, Surroundings surroundings) {
		super(name, surroundings);
	}

	@Override
	MigrationSettings settings() {
		return this.conversion.apply(super.settings(), surroundings());
	}

}
