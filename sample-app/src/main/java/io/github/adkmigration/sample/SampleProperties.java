package io.github.adkmigration.sample;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What can be set in this sample.
 *
 * @param appName application that the sessions belong to
 * @param userId user that the sessions belong to
 * @param database SQLite file, used unless {@code spring.datasource.url} is set
 * @param geminiApiKey key for Gemini, or blank to answer offline
 * @param geminiModel model to use with that key
 */
@ConfigurationProperties("sample")
record SampleProperties(String appName, String userId, Path database, String geminiApiKey, String geminiModel) {
}
