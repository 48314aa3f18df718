# The command line, for applications whose own image cannot be used. From the root of the project:
#   mvn -B -ntp -pl adk-migration-cli -am -DskipTests package
#   docker build -f docs/docker/adk-migrate.Dockerfile -t adk-migrate .
#   docker run --rm -e DATABASE_URL adk-migrate upgrade
FROM eclipse-temurin:21-jre
WORKDIR /application
COPY adk-migration-cli/target/adk-migrate.jar ./
# Nothing is written outside of /tmp, so the root file system may be read-only.
USER 10001:10001
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-jar", "/application/adk-migrate.jar"]
CMD ["--help"]
