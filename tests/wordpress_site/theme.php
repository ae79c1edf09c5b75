<!DOCTYPE html>
<html><head><meta charset="utf-8"><title><?php wp_title(''); ?></title></head><body>
<?php if (have_posts()) { while (have_posts()) { the_post(); ?>
<article><h1><?php the_title(); ?></h1><?php the_post_thumbnail(); the_content(); the_tags(); ?></article>
<?php } } else { ?><p>Tidak ada.</p><?php } ?>
</body></html>
