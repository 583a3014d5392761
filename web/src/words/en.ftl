### What the pages say, in English. French says the same in fr.ftl: same keys, same values; a test sees to it.

## Sign-in. Plain text only: that page carries no reader for anything more.

sign-in-title = Sign in · Casque
sign-in-name = User name
sign-in-password = Password
sign-in-code = Code
sign-in-code-hint = Six digits from your authenticator. Leave empty if you have none.
sign-in-submit = Sign in
sign-in-refused = Name, password or code is wrong.
sign-in-throttled = Too many attempts.
sign-in-wait = Try again in
sign-in-failed = The node could not sign you in. Try again, or ask the administrator.
sign-in-unreachable = The node does not answer. Check that casque is running and that you are on its network.

## Frame

skip-to-content = Skip to content
nav = Main
nav-picture = Picture
nav-mandate = Mandate
nav-users = Users
language = Language
theme-light = Light
theme-dark = Dark
sign-out = Sign out
clock = Time
clock-hint = Universal time (Zulu), and the time in the mission
session-ended = Your session has ended. What you typed is kept in this browser.
session-sign-in-again = Sign in again
mark-united-nations = United Nations
mark-fictional = Fictional · exercise
mark-exercise = Exercise
level-unclassified = Unclassified
level-confidential = Confidential
level-strictly-confidential = Strictly confidential

## Anywhere

loading = Loading …
try-again = Try again
failure-unreachable = The node does not answer. Check that casque is running, then try again.
failure-unknown = Something went wrong.
absent-title = There is nothing here
absent-text = The address is wrong, or the record is not there, or you may not see it.
back-to-picture = Back to the picture
