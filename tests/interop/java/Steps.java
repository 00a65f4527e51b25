import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What both Java clients share: the lines of a step, settings, small values. */
final class Steps {
  static final String TABLE = "Orders";
  static final String CONDITION_FAILED = "The conditional request failed";
  static final String CANCELED =
      "Transaction cancelled, please refer cancellation reasons for specific reasons [ConditionalCheckFailed, None]";

  private Steps() {}

  /** A call that may throw anything. */
  interface Act {
    void run() throws Exception;
  }

  static void printVersions(String name) {
    System.out.printf("version\t%s\t%s%n", name, VersionInfo.SDK_VERSION);
    System.out.printf("version\tJava\t%s%n", System.getProperty("java.version"));
  }

  static void step(String name, Act act) {
    step(name, "", act);
  }

  /** The note says what of the step the client's API has not. */
  static void step(String name, String note, Act act) {
    String line = note.isEmpty() ? "passed" : "passed\t" + note;
    try {
      act.run();
    } catch (Throwable failure) {
      String place = Arrays.stream(failure.getStackTrace())
          .filter(at -> at.getClassName().endsWith("Scenario"))
          .findFirst().map(Object::toString).orElse("");
      line = "failed\t" + (failure + " " + place).replaceAll("\\s+", " ");
    }
    System.out.printf("step\t%s\t%s%n", name, line);
  }

  static void skip(String name, String why) {
    System.out.printf("step\t%s\tskipped\t%s%n", name, why);
  }

  static void same(Object found, Object wanted) {
    if (!Objects.equals(found, wanted)) throw new AssertionError(found + " instead of " + wanted);
  }

  static void check(boolean so, Object what) {
    if (!so) throw new AssertionError(what);
  }

  /** The call must throw this class with this message; returns the exception. */
  static <E extends AwsServiceException> E fails(Class<E> kind, String message, Act act) throws Exception {
    try {
      act.run();
    } catch (AwsServiceException failure) {
      if (!kind.isInstance(failure)) throw failure;
      same(failure.awsErrorDetails().errorMessage(), message);
      return kind.cast(failure);
    }
    throw new AssertionError("expected " + kind.getSimpleName());
  }

  /** Asks for ten seconds until `look` answers true. */
  static void until(BooleanSupplier look) throws InterruptedException {
    for (long end = System.nanoTime() + 10_000_000_000L; System.nanoTime() < end; Thread.sleep(50)) {
      if (look.getAsBoolean()) return;
    }
    throw new AssertionError("still not so after ten seconds");
  }

  static <B extends AwsClientBuilder<B, C>, C> C client(B builder, String endpoint) {
    return builder
        .endpointOverride(URI.create(endpoint))
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("interop", "interop")))
        .overrideConfiguration(settings -> settings.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  /** 00, 01, ... of so many numbers. */
  static List<String> twoDigits(int count) {
    return IntStream.range(0, count).mapToObj(n -> String.format("%02d", n)).toList();
  }

  static <T> List<T> collect(Iterable<T> all) {
    List<T> list = new ArrayList<>();
    all.forEach(list::add);
    return list;
  }

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(Object value) {
    return AttributeValue.fromN(value.toString());
  }

  static Map<String, AttributeValue> key(String customer, String order) {
    return Map.of("customer", text(customer), "order", text(order));
  }
}
