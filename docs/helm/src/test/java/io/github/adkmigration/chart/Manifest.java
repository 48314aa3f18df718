package io.github.adkmigration.chart;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * One object for Kubernetes.
 *
 * @param content what was written
 */
record Manifest(Map<String, Object> content) {

	private static final Map<String, Class<?>> MODEL = Map.of("apps/v1 Deployment", V1Deployment.class, "batch/v1 Job",
			V1Job.class, "v1 Service", V1Service.class, "v1 ServiceAccount", V1ServiceAccount.class,
			"v1 PersistentVolumeClaim", V1PersistentVolumeClaim.class, "networking.k8s.io/v1 Ingress", V1Ingress.class,
			"policy/v1 PodDisruptionBudget", V1PodDisruptionBudget.class, "autoscaling/v2 HorizontalPodAutoscaler",
			V2HorizontalPodAutoscaler.class);

	/**
	 * Read all documents of a text. A key that stands twice is a mistake.
	 * @param text YAML
	 * @return the objects
	 */
	static List<Manifest> read(String text) {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		List<Manifest> manifests = new ArrayList<>();
		for (Object document : new Yaml(options).loadAll(text)) {
			if (document != null) {
				manifests.add(new Manifest(map(document)));
			}
		}
		return manifests;
	}

	String kind() {
		return text("kind");
	}

	String name() {
		return text("metadata.name");
	}

	/**
	 * Have the model of Kubernetes judge this object: fields that it does not know and
	 * fields that are missing are mistakes.
	 * @throws IllegalArgumentException if it is not valid
	 */
	void validate() {
		Class<?> type = MODEL.get(text("apiVersion") + " " + kind());
		if (type == null) {
			throw new IllegalArgumentException("No model of " + this);
		}
		try {
			type.getMethod("validateJsonElement", JsonElement.class).invoke(null, new Gson().toJsonTree(this.content));
		}
		catch (InvocationTargetException ex) {
			throw new IllegalArgumentException(kind() + " " + name() + ": " + ex.getCause(), ex.getCause());
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return what stands at a path.
	 * @param path keys with dots between them
	 * @return the value
	 */
	Object at(String path) {
		Object value = this.content;
		for (String key : path.split("\\.")) {
			value = Objects.requireNonNull(map(value).get(key), () -> "No " + path + " in " + kind() + " " + name());
		}
		return value;
	}

	String text(String path) {
		return at(path).toString();
	}

	int number(String path) {
		return Integer.parseInt(text(path));
	}

	Map<String, Object> annotations() {
		return (map(at("metadata")).get("annotations") instanceof Map<?, ?> annotations) ? map(annotations) : Map.of();
	}

	boolean hasPods() {
		return kind().equals("Job") || kind().equals("Deployment");
	}

	Map<String, Object> podSpec() {
		return map(at("spec.template.spec"));
	}

	Map<String, Object> podLabels() {
		return map(at("spec.template.metadata.labels"));
	}

	/**
	 * Return the containers of the pods, those that run first included.
	 * @return all containers
	 */
	List<Container> containers() {
		return Stream.of("initContainers", "containers")
			.flatMap((key) -> (podSpec().get(key) instanceof Iterable<?> list)
					? StreamSupport.stream(list.spliterator(), false) : Stream.empty())
			.map((container) -> new Container(map(container)))
			.toList();
	}

	Container container(String name) {
		return containers().stream().filter((container) -> container.name().equals(name)).findFirst().orElseThrow();
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> map(Object value) {
		return (Map<String, Object>) value;
	}

}
