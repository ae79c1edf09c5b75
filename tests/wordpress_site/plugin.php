<?php
// No letters leave a test.
add_filter('pre_wp_mail', '__return_true');
