package io.github.adkmigration.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression of Prometheus wants from a scrape.
 *
 * @param metrics the metrics that it names
 * @param matchers for each label of a metric that it selects by, the values it asks for
 */
record PromQuery(Set<String> metrics, List<Selection> matchers) {

	private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");

	private static final Pattern GROUPING = Pattern
		.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");

	private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][\\w:]*)\\s*\\{([^}]*)}");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");

	private static final Pattern NAME = Pattern.compile("\\b([a-zA-Z_:][\\w:]*)\\b(?!\\s*\\()");

	static PromQuery of(String expression) {
		List<Selection> selections = new ArrayList<>();
		Matcher selector = SELECTOR.matcher(expression);
		while (selector.find()) {
			Map<String, List<String>> labels = new LinkedHashMap<>();
			Matcher matcher = MATCHER.matcher(selector.group(2));
			while (matcher.find()) {
				labels.put(matcher.group(1), List.of(matcher.group(3).split("\\|")));
			}
			selections.add(new Selection(selector.group(1), labels));
		}
		String bare = expression.replaceAll("\\{[^}]*}", " ").replaceAll("\\[[^]]*]", " ");
		bare = GROUPING.matcher(bare).replaceAll(" ");
		Set<String> metrics = new TreeSet<>();
		Matcher name = NAME.matcher(bare);
		while (name.find()) {
			if (!WORDS.contains(name.group(1))) {
				metrics.add(name.group(1));
			}
		}
		return new PromQuery(metrics, selections);
	}

	/**
	 * Return what a scrape does not have.
	 * @param scrape what there is
	 * @return a line for each metric, label or value that there is not
	 */
	List<String> missingFrom(Scrape scrape) {
		List<String> missing = new ArrayList<>();
		this.metrics.stream()
			.filter((metric) -> !scrape.names().contains(metric))
			.forEach((metric) -> missing.add("metric " + metric));
		for (Selection selection : this.matchers) {
			selection.labels().forEach((label, values) -> {
				// Prometheus adds these two.
				if (!Set.of("job", "instance").contains(label)) {
					Set<String> known = scrape.values(selection.metric(), label);
					values.stream()
						.filter((value) -> !known.contains(value))
						.forEach((value) -> missing.add(selection.metric() + "{" + label + "=" + value + "}"));
				}
			});
		}
		return missing;
	}

	/**
	 * A metric with labels.
	 *
	 * @param metric its name
	 * @param labels the values asked for
	 */
	record Selection(String metric, Map<String, List<String>> labels) {
	}

}
