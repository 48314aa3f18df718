# The sample, in layers: what changes seldom comes first. From the root of the project:
#   mvn -B -ntp -pl sample-app -am -DskipTests package
#   docker build -f docs/docker/sample-app.Dockerfile -t adk-sample .
# The same image is the migration job:
#   docker run --rm -e ADK_MIGRATION_JOB=upgrade -e SPRING_DATASOURCE_URL=... adk-sample
FROM eclipse-temurin:21-jre AS layers
WORKDIR /layers
COPY sample-app/target/sample-app-*.jar application.jar
RUN java -Djarmode=tools -jar application.jar extract --layers --destination extracted

FROM eclipse-temurin:21-jre
WORKDIR /application
COPY --from=layers /layers/extracted/dependencies/ ./
COPY --from=layers /layers/extracted/spring-boot-loader/ ./
COPY --from=layers /layers/extracted/snapshot-dependencies/ ./
COPY --from=layers /layers/extracted/application/ ./
# Nothing is written outside of /tmp, so the root file system may be read-only.
USER 10001:10001
# The sample listens to its own machine only unless it is told otherwise, and a container is one.
ENV SERVER_ADDRESS=0.0.0.0
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-jar", "application.jar"]
