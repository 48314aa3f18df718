package io.github.adkmigration.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code adk-migrate}.
 *
 * @since 0.1.0
 */
@Command(name = "adk-migrate", versionProvider = AdkMigrate.Version.class, sortOptions = false,
		synopsisSubcommandLabel = "VERB",
		description = "Keeps the session tables of Google's Agent Development Kit (ADK) up to date, and goes back.",
		footerHeading = "%nExamples:%n",
		footer = { "  adk-migrate status --db-url sqlite:///sessions.db",
				"  adk-migrate upgrade --db-url postgresql+asyncpg://db/chat --user agent --password-env PASSWORD",
				"  DATABASE_URL=... adk-migrate check && echo ready", "",
				"adk-migrate VERB --help describes a verb. The first run of upgrade on a SQLite file keeps a copy",
				"of it; --dry-run shows the SQL beforehand." },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:done, or nothing to do", "1:failed", "2:wrong usage", "3:check: changes are pending",
				"4:lock not obtained in time", "5:verification failed", "6:database not recognised or not supported",
				"7:refused for safety", "8:more rows in quarantine than allowed" })
public final class AdkMigrate implements Runnable {

	@Spec
	private @Nullable CommandSpec spec;

	private AdkMigrate() {
	}

	/**
	 * Run one verb, and end the process with its exit code.
	 * @param arguments a verb and its options
	 */
	public static void main(String[] arguments) {
		Secrets secrets = new Secrets();
		PrintStream out = MaskedOutput.over(new FileOutputStream(FileDescriptor.out), secrets);
		PrintStream err = MaskedOutput.over(new FileOutputStream(FileDescriptor.err), secrets);
		System.setOut(out);
		System.setErr(err);
		int exitCode = execute(new Surroundings(System.getenv(), out, err, secrets), arguments);
		out.flush();
		err.flush();
		System.exit(exitCode);
	}

	static int execute(Surroundings surroundings, String... arguments) {
		return commandLine(surroundings).execute(arguments);
	}

	static CommandLine commandLine(Surroundings surroundings) {
		CommandLine command = new CommandLine(new AdkMigrate()).addSubcommand(new StatusCommand(surroundings))
			.addSubcommand(new CheckCommand(surroundings))
			.addSubcommand(new PlanCommand(surroundings))
			.addSubcommand(new UpgradeCommand(surroundings))
			.addSubcommand(new DowngradeCommand(surroundings))
			.addSubcommand(new StampCommand(surroundings))
			.addSubcommand(new HistoryCommand(surroundings))
			.addSubcommand(new VerifyCommand(surroundings))
			.addSubcommand(new SqlCommand(surroundings))
			.addSubcommand(new CopyCommand(surroundings))
			.addSubcommand(new RetryQuarantineCommand(surroundings))
			.addSubcommand(new UnlockCommand(surroundings))
			.addSubcommand(new CommandLine(new GenerateCompletion()).setCommandName("completion"));
		command.getCommandSpec()
			.addOption(help())
			.addOption(
					OptionSpec.builder("-V", "--version").versionHelp(true).description("Show the version.").build());
		command.getSubcommands().values().forEach((verb) -> {
			if (verb.getCommand() instanceof Verb) {
				verb.getCommandSpec().addOption(help());
			}
		});
		command.setCaseInsensitiveEnumValuesAllowed(true);
		command.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
		command.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
		command.setParameterExceptionHandler(new WrongUsage(surroundings));
		command.setUsageHelpWidth(100);
		command.setUsageHelpLongOptionsMaxWidth(34);
		return command;
	}

	private static OptionSpec help() {
		return OptionSpec.builder("-h", "--help").usageHelp(true).order(99).description("Show this help.").build();
	}

	@Override
	public void run() {
		if (this.spec != null) {
			throw new ParameterException(this.spec.commandLine(), "No verb was given");
		}
	}

	/** The version in the manifest of the jar. */
	static final class Version implements IVersionProvider {

		@Override
		public String[] getVersion() {
			String version = AdkMigrate.class.getPackage().getImplementationVersion();
			return new String[] { "adk-migrate " + (version == null ? "(unpacked)" : version) };
		}

	}

}
