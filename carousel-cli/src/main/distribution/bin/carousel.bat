@echo off
rem Runs Carousel with the Java in JAVA_HOME or, failing that, the java on the PATH.
setlocal
set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
set "CELLS="
if defined CAROUSEL_CLASSPATH set "CELLS=;%CAROUSEL_CLASSPATH%"
"%JAVA%" --add-modules jdk.incubator.vector %CAROUSEL_JAVA_OPTS% "-Dcarousel.home=%~dp0.." -cp "%~dp0..\lib\*%CELLS%" io.carousel.cli.Main %*
exit /b %ERRORLEVEL%
