package org.bitloom.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hears when the window of a terminal changes its size, and asks for the new one. */
public final class WindowSize {
  private static final Pattern ANSWER = Pattern.compile("(\\d{1,4}) (\\d{1,4})\\s*");
  private static final long LONGEST_WAIT_SECONDS = 2;

  private final File terminal;

  /** Takes the number of a descriptor of this process that is a terminal. */
  public WindowSize(int descriptor) {
    this.terminal = new File("/dev/fd/" + descriptor);
  }

  /**
   * Tells a screen of every change from now on. Where the JDK does not hand signals over, or the
   * system knows no sizes, the first one stays.
   *
   * <p>The JDK has no supported class for signals; {@code sun.misc.Signal} is in the module that it
   * keeps for those without a successor.
   */
  public void tell(Screen screen) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object change = signal.getConstructor(String.class).newInstance("WINCH");
      Object told =
          Proxy.newProxyInstance(
              WindowSize.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  screen.changes();
                  screen.resize(now().orElse(screen.size()));
                }
                return null;
              });
      signal.getMethod("handle", signal, handler).invoke(null, change, told);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return; // the first size stays
    }
  }

  /** Returns the size, if the system tells it. */
  Optional<Screen.Size> now() {
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(terminal).start();
      String answer;
      try {
        answer = new String(stty.getInputStream().readNBytes(32), StandardCharsets.US_ASCII);
        stty.waitFor(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
      } finally {
        stty.destroy();
      }
      return parse(answer);
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Reads rows and columns. */
  static Optional<Screen.Size> parse(String answer) {
    Matcher numbers = ANSWER.matcher(answer);
    if (!numbers.matches()) {
      return Optional.empty();
    }
    int columns = Integer.parseInt(numbers.group(2));
    int rows = Integer.parseInt(numbers.group(1));
    return columns == 0 ? Optional.empty() : Optional.of(new Screen.Size(columns, rows));
  }
}
