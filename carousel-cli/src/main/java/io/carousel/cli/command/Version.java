package io.carousel.cli.command;

import picocli.CommandLine.IVersionProvider;

/** The version of this build, as its jar states it. */
public final class Version implements IVersionProvider {

    public static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "carousel " + number(), "Java " + Runtime.version().feature() + ", " + System.getProperty("java.vm.name")
        };
    }
}
