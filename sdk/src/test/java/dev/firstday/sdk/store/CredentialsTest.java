package dev.firstday.sdk.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  private static final String[] PROPERTIES = {
    "aws.roleArn", "aws.webIdentityTokenFile", "aws.endpointUrlSts", "aws.region"
  };

  @AfterEach
  void clear() {
    for (String property : PROPERTIES) {
      System.clearProperty(property);
    }
  }

  /** As on EKS, where the service account's token is mounted and variables name it and the role. */
  @Test
  void takesTheRoleThatAServiceAccountStandsFor(@TempDir Path directory) throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "the-token");
    HttpServer sts =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sts.createContext(
        "/",
        exchange -> {
          String asked =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          byte[] answer = assumed(asked).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    sts.start();
    try {
      System.setProperty("aws.roleArn", "arn:aws:iam::123456789012:role/models");
      System.setProperty("aws.webIdentityTokenFile", token.toString());
      System.setProperty("aws.endpointUrlSts", "http://127.0.0.1:" + sts.getAddress().getPort());
      System.setProperty("aws.region", "eu-west-1");
      var settings = StoreSettings.fromEnvironment(Map.of("FIRSTDAY_S3_BUCKET", "models"));

      var credentials = Credentials.of(settings, Map.of()).resolveCredentials();

      assertThat(credentials.accessKeyId()).isEqualTo("key-of-the-token");
    } finally {
      sts.stop(0);
    }
  }

  private static String assumed(String asked) {
    boolean right =
        asked.contains("Action=AssumeRoleWithWebIdentity")
            && asked.contains("WebIdentityToken=the-token")
            && asked.contains("role%2Fmodels");
    return """
        <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleWithWebIdentityResult>
            <Credentials>
              <AccessKeyId>%s</AccessKeyId>
              <SecretAccessKey>secret</SecretAccessKey>
              <SessionToken>session</SessionToken>
              <Expiration>%s</Expiration>
            </Credentials>
          </AssumeRoleWithWebIdentityResult>
        </AssumeRoleWithWebIdentityResponse>"""
        .formatted(right ? "key-of-the-token" : "key-of-nobody", Instant.now().plusSeconds(3600));
  }
}
