package org.bitloom.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bitloom.io.ProcessLock;
import org.bitloom.watch.Watch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBrowser.class)
class ScratchLook {
  @TempDir Path root;

  static String at(int epoch, int batch) {
    return "{\"epoch\":" + epoch + ",\"epochs\":40,\"batch\":" + batch + ",\"batches\":938,\"loss\":0.3124,\"accuracy\":0.912,\"imagesPerSecond\":12345.6,\"secondsLeft\":80.2}";
  }

  @Test
  void look(Browser browser) throws Exception {
    Path folder = root.resolve("a run");
    Watch watch = Watch.start(folder, 0);
    browser.open(watch.address());
    browser.waitFor("#live[data-standing=absent]");
    browser.screenshot("live-absent");
    Folders.copyOfRun(folder);
    Files.delete(folder.resolve("model.safetensors"));
    Files.createDirectories(folder.resolve("checkpoint"));
    ProcessLock lock = ProcessLock.tryLock(folder.resolve("checkpoint/lock")).orElseThrow();
    Files.writeString(folder.resolve("progress.json"), at(4, 120));
    browser.waitFor("#live-epoch");
    browser.waitFor("figure");
    assertThat(browser.find("#live-epoch").getText()).isEqualTo("epoch 4");
    browser.screenshot("live-working");
    System.out.println("AXE " + Axe.violations(browser));
    browser.script("document.querySelector('details').open=true");
    browser.script("window.scrollTo(0, 350)");
    Files.writeString(folder.resolve("progress.json"), at(5, 500));
    Files.write(folder.resolve("metrics.jsonl"), Folders.metrics(5));
    Thread.sleep(3500);
    System.out.println("SCROLL " + browser.script("return scrollY") + " OPEN " + browser.script("return document.querySelectorAll('details[open]').length") + " POINTS " + Curves.points(browser) + " TITLE " + browser.script("return document.title"));
    browser.screenshot("live-later");
    browser.script("window.scrollTo(0, 0)");
    lock.close();
    browser.waitFor("#live[data-standing=killed]");
    browser.scheme("dark");
    browser.width(400);
    browser.screenshot("live-killed");
    System.out.println("SIDE " + browser.sideways());
    Files.delete(folder.resolve("progress.json"));
    browser.waitFor("#live[data-standing=stopped]");
    browser.screenshot("live-stopped");
    System.out.println("ERRORS " + browser.errors());
    watch.close();
    browser.waitFor("#live[data-ended]");
    browser.screenshot("live-ended");
    System.out.println("ERRORS " + browser.errors() + browser.requests().stream().distinct().toList());
    // sweep
    Watch sweep = Watch.start(Folders.sweep(), 0);
    browser.open(sweep.address());
    browser.waitFor("#live[data-standing=finished]");
    Thread.sleep(2000);
    browser.screenshot("live-sweep");
    System.out.println("TEXT " + browser.text());
    sweep.close();
  }
}
