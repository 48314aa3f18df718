package io.github.adkmigration.session.jdbc;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.google.adk.JsonBaseModel;
import com.google.adk.events.Event;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ModelKeysTests {

	private static final ObjectMapper MAPPER = JsonBaseModel.getMapper();

	/** The fields of every model that an event can hold, as {@code Class.field}. */
	private static Map<String, JavaType> fields() {
		Map<String, JavaType> fields = new TreeMap<>();
		Deque<JavaType> open = new ArrayDeque<>(Set.of(MAPPER.constructType(Event.class)));
		Set<Class<?>> seen = new LinkedHashSet<>();
		while (!open.isEmpty()) {
			JavaType type = open.pop();
			if (!type.getRawClass().getName().startsWith("com.google.") || !seen.add(type.getRawClass())) {
				continue;
			}
			BeanDescription bean = MAPPER.getSerializationConfig().introspect(type);
			if (bean.findJsonValueAccessor() != null) {
				continue;
			}
			for (BeanPropertyDefinition property : bean.findProperties()) {
				if (!property.couldSerialize()) {
					continue;
				}
				JavaType value = content(property.getPrimaryType());
				fields.put(type.getRawClass().getSimpleName() + "." + property.getName(), value);
				open.push(value);
			}
		}
		return fields;
	}

	/** Look into optional values and collections, but not into maps. */
	private static JavaType content(JavaType type) {
		JavaType inner = type;
		while (!inner.isMapLikeType() && inner.getContentType() != null) {
			inner = inner.getContentType();
		}
		return inner;
	}

	@Test
	void everyFieldComesBackFromSnakeCase() {
		Collection<String> names = fields().keySet();
		assertThat(names).hasSizeGreaterThan(100).contains("Part.functionCall", "Blob.mimeType");
		assertThat(names).allSatisfy((name) -> {
			String field = name.substring(name.indexOf('.') + 1);
			assertThat(ModelKeys.toCamelCase(ModelKeys.toSnakeCase(field))).isEqualTo(field);
		});
	}

	@Test
	void everyFieldWithKeysOfTheUserIsLeftAlone() {
		Set<String> open = new TreeSet<>();
		fields().forEach((name, type) -> {
			if (type.isMapLikeType() || type.isJavaLangObject()) {
				open.add(ModelKeys.toSnakeCase(name.substring(name.indexOf('.') + 1)));
			}
		});
		assertThat(open).contains("args", "state_delta");
		open.remove("requested_tool_confirmations");
		assertThat(ModelKeys.USER_DATA).containsAll(open);
	}

	@Test
	void noFieldWithAModelIsTakenForDataOfTheUser() {
		Set<String> taken = new TreeSet<>();
		fields().forEach((name, type) -> {
			boolean ofEvent = name.startsWith("Event.") || name.startsWith("EventActions.");
			String field = ModelKeys.toSnakeCase(name.substring(name.indexOf('.') + 1));
			if (type.getRawClass().getName().startsWith("com.google.") && ModelKeys.isUserData(field, ofEvent)) {
				taken.add(name);
			}
		});
		// Written by CustomMetadataJson.
		assertThat(taken).containsExactly("Event.customMetadata");
	}

}
