package io.github.adkmigration.sample;

import java.security.SecureRandom;

import com.google.adk.agents.LlmAgent;
import com.google.adk.artifacts.InMemoryArtifactService;
import com.google.adk.models.BaseLlm;
import com.google.adk.models.Gemini;
import com.google.adk.runner.Runner;
import com.google.adk.sessions.BaseSessionService;
import com.google.adk.tools.FunctionTool;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An agent as any ADK application has one; only the session service comes from the
 * starter.
 */
@Configuration(proxyBeanMethods = false)
class AgentConfiguration {

	@Bean
	BaseLlm model(SampleProperties properties) {
		return properties.geminiApiKey().isBlank() ? new OfflineModel()
				: Gemini.builder().modelName(properties.geminiModel()).apiKey(properties.geminiApiKey()).build();
	}

	@Bean
	LlmAgent agent(BaseLlm model) {
		DiceTools tools = new DiceTools(new SecureRandom());
		// The name that the agent had in Python: what it said then is its own.
		return LlmAgent.builder()
			.name("migrate_session_db_agent")
			.description("Rolls dice, checks prime numbers and remembers the rolls.")
			.instruction("You roll dice with the tool roll_die and check prime numbers with the tool check_prime. "
					+ "Never roll or check without the tools. Answer questions about earlier rolls from the "
					+ "conversation.")
			.model(model)
			.tools(FunctionTool.create(tools, "rollDie"), FunctionTool.create(tools, "checkPrime"))
			.build();
	}

	@Bean
	Runner runner(LlmAgent agent, BaseSessionService sessions, SampleProperties properties) {
		return Runner.builder()
			.appName(properties.appName())
			.agent(agent)
			.sessionService(sessions)
			.artifactService(new InMemoryArtifactService())
			.build();
	}

}
