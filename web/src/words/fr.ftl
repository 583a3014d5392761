### Ce que disent les pages, en français. Mêmes clés et mêmes valeurs que dans en.ftl ; un test y veille.

## Connexion. Texte simple seulement : cette page n’a pas de lecteur pour autre chose.

sign-in-title = Connexion · Casque
sign-in-name = Nom d’utilisateur
sign-in-password = Mot de passe
sign-in-code = Code
sign-in-code-hint = Six chiffres de votre application d’authentification. Laisser vide si vous n’en avez pas.
sign-in-submit = Se connecter
sign-in-refused = Le nom, le mot de passe ou le code est faux.
sign-in-throttled = Trop de tentatives.
sign-in-wait = Réessayez dans
sign-in-failed = Le nœud n’a pas pu vous connecter. Réessayez ou adressez-vous à l’administrateur.
sign-in-unreachable = Le nœud ne répond pas. Vérifiez que casque fonctionne et que vous êtes sur son réseau.

## Cadre

skip-to-content = Aller au contenu
nav = Principal
nav-picture = Situation
nav-mandate = Mandat
nav-users = Utilisateurs
language = Langue
theme-light = Clair
theme-dark = Sombre
sign-out = Se déconnecter
clock = Heure
clock-hint = Temps universel (Zulu) et heure de la mission
session-ended = Votre session a pris fin. Ce que vous avez saisi est conservé dans ce navigateur.
session-sign-in-again = Se reconnecter
mark-united-nations = Nations Unies
mark-fictional = Fictif · exercice
mark-exercise = Exercice
level-unclassified = Non classifié
level-confidential = Confidentiel
level-strictly-confidential = Strictement confidentiel

## Partout

loading = Chargement …
try-again = Réessayer
failure-unreachable = Le nœud ne répond pas. Vérifiez que casque fonctionne, puis réessayez.
failure-unknown = Une erreur s’est produite.
absent-title = Il n’y a rien ici
absent-text = L’adresse est fausse, ou la fiche n’existe pas, ou vous n’avez pas le droit de la voir.
back-to-picture = Retour à la situation
