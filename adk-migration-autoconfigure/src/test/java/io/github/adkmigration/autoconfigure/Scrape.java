package io.github.adkmigration.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.adkmigration.test.LeakScan;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Prometheus reads of this library in one answer of the endpoint.
 *
 * @param samples each line of the answer that holds a value of ours
 */
record Scrape(List<Sample> samples) {

	private static final Pattern LINE = Pattern.compile("(adk_migration_\\w+)(?:\\{(.*)})? (\\S+)");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

	static Scrape of(String text) {
		assertThat(LeakScan.of(text)).as("what no meter may hold").isEmpty();
		List<Sample> samples = new ArrayList<>();
		text.lines().forEach((line) -> {
			Matcher matcher = LINE.matcher(line);
			if (matcher.matches()) {
				Map<String, String> labels = new TreeMap<>();
				Matcher label = LABEL.matcher((matcher.group(2) != null) ? matcher.group(2) : "");
				while (label.find()) {
					labels.put(label.group(1), label.group(2));
				}
				samples.add(new Sample(matcher.group(1), labels, Double.parseDouble(matcher.group(3))));
			}
		});
		return new Scrape(samples);
	}

	/**
	 * Return the names of all metrics.
	 */
	Set<String> names() {
		return this.samples.stream().map(Sample::name).collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Return the labels that the samples of a metric have.
	 */
	Set<String> labels(String name) {
		return this.samples.stream()
			.filter((sample) -> sample.name().equals(name))
			.flatMap((sample) -> sample.labels().keySet().stream())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Return the values that a label of a metric has.
	 */
	Set<String> values(String name, String label) {
		return this.samples.stream()
			.filter((sample) -> sample.name().equals(name))
			.map((sample) -> sample.labels().getOrDefault(label, ""))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Return the value of the one sample that has these labels, and maybe others.
	 */
	double value(String name, String... labels) {
		Map<String, String> wanted = new TreeMap<>();
		for (int i = 0; i < labels.length; i += 2) {
			wanted.put(labels[i], labels[i + 1]);
		}
		List<Sample> found = this.samples.stream()
			.filter((sample) -> sample.name().equals(name) && sample.labels().entrySet().containsAll(wanted.entrySet()))
			.toList();
		if (found.size() != 1) {
			throw new AssertionError(
					"There are " + found.size() + " samples of " + name + wanted + " in " + this.samples);
		}
		return found.get(0).value();
	}

	/**
	 * A value.
	 *
	 * @param name the name of the metric
	 * @param labels its labels
	 * @param value its value
	 */
	record Sample(String name, Map<String, String> labels, double value) {

		@Override
		public String toString() {
			return this.name + this.labels + " " + this.value;
		}

	}

}
