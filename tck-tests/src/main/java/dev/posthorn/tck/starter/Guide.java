package dev.posthorn.tck.starter;

import dev.posthorn.tck.fixture.FileTree;
import dev.posthorn.tck.fixture.TckSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The project that docs/guide.md has its readers write: each file is the block below its name in bold. */
final class Guide {

    private static final Pattern FILE = Pattern.compile("(?ms)^\\*\\*([\\w./-]+)\\*\\*\\n\\n```\\w*\\n(.*?)^```$");
    private static final Pattern COMMAND = Pattern.compile("(?ms)^```\\nmvn package\\n(java .*?)\\ncurl .*?^```$");

    private final Path project = TckSettings.directory("guide");
    private final String text;

    private Guide(String text) {
        this.text = text;
    }

    static Guide written() throws IOException {
        Guide guide = new Guide(Files.readString(LocalRepository.checkout().resolve("docs/guide.md")));
        FileTree.delete(guide.project);
        // Readers' projects have Posthorn's checkout nowhere above them: Maven looks no further up for its settings.
        Files.createDirectories(guide.project.resolve(".mvn"));
        Matcher file = FILE.matcher(guide.text);
        while (file.find()) {
            Path path = guide.project.resolve(file.group(1));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.group(2));
        }
        return guide;
    }

    Path project() {
        return project;
    }

    /** The command that starts the server, word by word. */
    List<String> command() {
        Matcher command = COMMAND.matcher(text);
        if (!command.find()) {
            throw new IllegalStateException("docs/guide.md has no block any more with mvn package, java and curl");
        }
        return List.of(command.group(1).replace("\\\n", " ").trim().split("\\s+"));
    }
}
