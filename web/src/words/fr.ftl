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

## Carte

map-title = Carte : { $register }
map-zoom-in = Agrandir
map-zoom-out = Réduire
map-search-here = Chercher dans cette zone
map-search-everywhere = Chercher partout
map-whole-mission = Toute la mission
map-compass = N S E O
map-records = { $n ->
    [one] { $count } fiche
   *[other] { $count } fiches
  }
map-killed = { $n ->
    [one] { $count } mort
   *[other] { $count } morts
  }
map-figure = { $label } : { $count }
map-bounds = { $low } à { $high }
map-in-view = { $records } dans la vue
map-not-drawn = { $n ->
    [one] { $count } trop vague pour être dessinée : voir le tableau
   *[other] { $count } trop vagues pour être dessinées : voir le tableau
  }
map-imprecise = Lieu connu seulement ainsi : { $precision }
map-ungraded = Sans degré de vérification
map-closer = Cliquer pour voir de plus près
map-more = { $n ->
    [one] et { $n } autre ici
   *[other] et { $n } autres ici
  }
map-step = { $at } sur { $of } : { $what }
map-nothing-here = Rien dans cette partie de la carte
map-unable = Ce navigateur ne peut pas dessiner la carte. Le tableau montre les mêmes fiches.
map-not-printed = La carte n’est pas imprimée. Les lieux figurent dans la liste.
map-disclaimer = Les frontières et les noms n’impliquent pas l’aval des Nations Unies.
map-key = Légende
map-key-verified = Vérifié, en tout ou en partie
map-key-unverified = Non vérifié
map-key-refuted = Réfuté
map-key-area = Lieu connu sans exactitude : quelque part à l’intérieur
map-key-several = Plusieurs fiches : leur nombre
map-key-several-killed = Plusieurs fiches : leur nombre et, dessous, les morts
map-key-chosen = Fiche consultée
map-key-searched = Zone de recherche
map-key-disputed = Frontière contestée
map-key-sizes = Taille d’un signe
map-key-size-0 = Aucun mort connu
map-key-size-1 = 1 à 9 morts
map-key-size-10 = 10 à 49 morts
map-key-size-50 = 50 morts ou plus
map-key-keys = Touches sur la carte : les flèches déplacent, + et − changent l’échelle, n et p vont de signe en signe, Entrée ouvre, s cherche dans cette zone, 0 montre toute la mission. Majuscule et glisser : chercher dans un cadre.
map-parts = Afficher
map-part-admin = Régions et cercles
map-part-water = Fleuves et lacs
map-part-names = Noms
map-place-title = Lieu : { $label }
map-place-near = environ { $km } km autour
map-place-exact = lieu exact
map-place-none = Aucun lieu n’est connu.
map-place-pick = Cliquez sur la carte pour fixer le lieu. Touches : les flèches déplacent la carte, Entrée prend son centre.

## Chronologie

timeline-title = Fiches dans le temps
timeline-axes = En haut : fiches. En bas : { $figure }.
timeline-slider = Temps
timeline-keys = Les flèches déplacent, avec Majuscule elles étendent, Entrée prend la colonne, Échap prend toute la période, Origine et Fin vont aux extrémités.
timeline-chosen = { $span } : { $what }
timeline-empty = Aucune fiche datée
timeline-closer = Voir de plus près
timeline-all = Toute la période
timeline-clear = Effacer
timeline-table = En tableau
timeline-by-day = Jour
timeline-by-month = Mois
timeline-by-year = Année
timeline-records = Fiches
