package io.github.adkmigration.cli;

import java.util.regex.Pattern;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with the arguments without repeating what may be a password or a
 * URL.
 */
final class WrongUsage implements IParameterExceptionHandler {

	private static final Pattern OPTION = Pattern.compile("(-{1,2}[a-z][a-z-]*)(?:=.*)?");

	private static final Pattern WORD = Pattern.compile("[a-z-]{1,20}");

	private final Surroundings surroundings;

	WrongUsage(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public int handleParseException(ParameterException ex, String[] arguments) {
		CommandLine command = ex.getCommandLine();
		String help = command.getCommandSpec().qualifiedName(" ") + " --help";
		String description = sentence(String.valueOf(ex.getMessage()));
		String hint = "";
		if (ex instanceof UnmatchedArgumentException unmatched) {
			description = unmatched(unmatched);
			hint = command.getParent() == null ? " The verb comes first, options stand behind it." : "";
		}
		this.surroundings.err().println("adk-migrate: " + description);
		this.surroundings.err().println("  Next: See " + help + "." + hint);
		return command.getCommandSpec().exitCodeOnInvalidInput();
	}

	private static String unmatched(UnmatchedArgumentException ex) {
		String first = ex.getUnmatched().isEmpty() ? "" : ex.getUnmatched().get(0);
		if (OPTION.matcher(first).matches()) {
			String option = OPTION.matcher(first).replaceFirst("$1");
			return "There is no option " + option + "." + (option.startsWith("--password") || option.equals("-p")
					? " A password is given by --password-env, --password-file or the URL, never as an argument." : "");
		}
		return ex.getCommandLine().getParent() == null && WORD.matcher(first).matches()
				? "There is no verb '" + first + "'." : "There is an argument that belongs to no option.";
	}

	private static String sentence(String message) {
		String line = message.lines().findFirst().orElse("The arguments cannot be understood");
		return line.endsWith(".") ? line : line + ".";
	}

}
