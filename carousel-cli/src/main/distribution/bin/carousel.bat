@echo off
rem Runs Carousel with the Java in JAVA_HOME or, failing that, the java on the PATH. It makes no archive of class data: on Java 19 or
rem later, CAROUSEL_JAVA_OPTS=-XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=FILE lets the JVM keep one.
setlocal
set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
set "CELLS="
if defined CAROUSEL_CLASSPATH set "CELLS=;%CAROUSEL_CLASSPATH%"
rem As bin/carousel says; another collector in CAROUSEL_JAVA_OPTS replaces it.
set "HEAP=-XX:+UseSerialGC -Xms16m"
if defined CAROUSEL_JAVA_OPTS if not "%CAROUSEL_JAVA_OPTS:GC=%"=="%CAROUSEL_JAVA_OPTS%" set "HEAP="
"%JAVA%" %HEAP% --add-modules jdk.incubator.vector %CAROUSEL_JAVA_OPTS% "-Dcarousel.home=%~dp0.." -cp "%~dp0..\lib\*%CELLS%" io.carousel.cli.Main %*
exit /b %ERRORLEVEL%
