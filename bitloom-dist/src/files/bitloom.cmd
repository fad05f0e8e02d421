@echo off
rem Starts bitloom on Windows. This file has not been tested there.
rem   JAVA_HOME      a Java 17 or newer to prefer over the one on the PATH
rem   BITLOOM_OPTS   more JVM options, such as -Xmx8g
setlocal
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=PASSIVE"
set "vector="
if "%~1"=="train" set "vector=--add-modules jdk.incubator.vector"
if "%~1"=="sweep" set "vector=--add-modules jdk.incubator.vector"
"%java%" %vector% --enable-native-access=ALL-UNNAMED -Dai.djl.offline=true -DOPT_OUT_TRACKING=true -Djava.awt.headless=true -XX:CompileCommand=quiet "-XX:CompileCommand=dontinline,org.bitloom.simd.Vector*::*" %BITLOOM_OPTS% -cp "%~dp0lib\*" org.bitloom.cli.Main %*
exit /b %ERRORLEVEL%
