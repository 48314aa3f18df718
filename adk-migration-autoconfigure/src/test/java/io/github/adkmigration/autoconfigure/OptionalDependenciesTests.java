package io.github.adkmigration.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

import static org.assertj.core.api.Assertions.assertThat;

class OptionalDependenciesTests {

	@Test
	void everyDependencyButJSpecifyIsOptional() throws Exception {
		List<String> mandatory = new ArrayList<>();
		List<Element> dependencies = dependencies();
		assertThat(dependencies).extracting((dependency) -> text(dependency, "artifactId"))
			.contains("adk-migration-core", "spring-boot-autoconfigure");
		for (Element dependency : dependencies) {
			if (!text(dependency, "scope").equals("test") && !text(dependency, "optional").equals("true")) {
				mandatory.add(text(dependency, "artifactId"));
			}
		}
		assertThat(mandatory)
			.as("what an application gets is the starter's choice: mark the dependency optional and add it to the starter")
			.containsExactly("jspecify");
	}

	private static List<Element> dependencies() throws ParserConfigurationException, SAXException, IOException {
		Document pom = DocumentBuilderFactory.newDefaultInstance()
			.newDocumentBuilder()
			.parse(Path.of("pom.xml").toFile());
		return children(children(pom.getDocumentElement(), "dependencies").get(0), "dependency");
	}

	private static String text(Element parent, String name) {
		List<Element> children = children(parent, name);
		return children.isEmpty() ? "" : children.get(0).getTextContent().trim();
	}

	private static List<Element> children(Element parent, String name) {
		List<Element> children = new ArrayList<>();
		for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
			if (node instanceof Element element && element.getTagName().equals(name)) {
				children.add(element);
			}
		}
		return children;
	}

}
