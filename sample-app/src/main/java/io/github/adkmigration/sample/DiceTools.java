package io.github.adkmigration.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import com.google.adk.tools.Annotations.Schema;
import com.google.adk.tools.ToolContext;

/**
 * The tools of the agent. ADK calls them by name, so they have to be public.
 *
 * @since 0.1.0
 */
public final class DiceTools {

	private final RandomGenerator random;

	DiceTools(RandomGenerator random) {
		this.random = random;
	}

	/**
	 * Roll a die and keep the result in the state of the session.
	 * @param sides number of sides, at least 1
	 * @param toolContext where the state is
	 * @return the result, or what is wrong with the arguments
	 */
	@Schema(name = "roll_die", description = "Roll a die and return the rolled result.")
	public Map<String, Object> rollDie(@Schema(name = "sides", description = "Number of sides of the die") int sides,
			@Schema(name = "toolContext") ToolContext toolContext) {
		if (sides < 1) {
			return Map.of("error", "A die has at least one side.");
		}
		int result = this.random.nextInt(sides) + 1;
		List<Object> rolls = new ArrayList<>();
		if (toolContext.state().get("rolls") instanceof List<?> earlier) {
			rolls.addAll(earlier);
		}
		rolls.add(result);
		toolContext.state().put("rolls", rolls);
		return Map.of("result", result);
	}

	/**
	 * Tell which numbers are prime.
	 * @param nums numbers to check
	 * @return a sentence
	 */
	@Schema(name = "check_prime", description = "Check which of the given numbers are prime.")
	public Map<String, Object> checkPrime(
			@Schema(name = "nums", description = "The numbers to check") List<Integer> nums) {
		List<String> primes = nums.stream().filter(DiceTools::isPrime).distinct().map(String::valueOf).toList();
		return Map.of("result", switch (primes.size()) {
			case 0 -> "No prime numbers found.";
			case 1 -> primes.get(0) + " is a prime number.";
			default -> String.join(", ", primes) + " are prime numbers.";
		});
	}

	private static boolean isPrime(int number) {
		return number > 1
				&& IntStream.rangeClosed(2, (int) Math.sqrt(number)).noneMatch((divisor) -> number % divisor == 0);
	}

}
